// Reads a calendar file as two libraries do, and prints what they show as JSON: node read.mjs MODULES LIBRARY FILE
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const [modules, library, file] = process.argv.slice(2);
const require = createRequire(`${modules}/`);
const text = readFileSync(file, "utf8");
const value = (x) => (x && typeof x === "object" && "val" in x ? x.val : (x ?? ""));

const readers = {
  // What Thunderbird and Nextcloud are built on: it goes by the file's own VTIMEZONE.
  "ical.js": (ICAL) =>
    new ICAL.Component(ICAL.parse(text)).getAllSubcomponents("vevent").map((found) => {
      const e = new ICAL.Event(found);
      return {
        uid: e.uid,
        start: e.startDate.toJSDate(),
        end: e.endDate.toJSDate(),
        title: e.summary,
        place: e.location ?? "",
        status: found.getFirstPropertyValue("status"),
      };
    }),
  "node-ical": (ical) =>
    Object.values(ical.sync.parseICS(text))
      .filter((e) => e.type === "VEVENT")
      .map((e) => ({
        uid: e.uid,
        start: e.start,
        end: e.end,
        title: value(e.summary),
        place: value(e.location),
        status: e.status,
      })),
};
console.log(JSON.stringify(readers[library](require(library))));
