"""Frames -> plan -> lessons -> feed -> change one row -> plan again -> what differs."""

import pandas as pd

from skemaplan import feed, lessons, plan, publish, read, verify

tables = {
    "term": pd.DataFrame({"key": ["name", "start", "end"], "value": ["Autumn", "2026-08-10", "2026-08-28"]}),
    "participants": pd.DataFrame({"label": ["Deltager A", "Deltager B"], "language_days": ["mon wed", "tue thu"]}),
    "teachers": pd.DataFrame({"label": ["U-MAT", "KOORD"], "course": ["mat", "talk"], "days": ["tue wed fri"] * 2}),
}
draft = plan(read(tables))
assert not list(verify(draft))
print(lessons(draft).head(4).to_string(index=False))
published = publish(draft)
print(feed(published, "Deltager A").decode().count("BEGIN:VEVENT"), "events in her calendar")

tables["teachers"].loc[0, "days"] = "wed fri"
again = plan(read(tables))
both = lessons(draft).merge(lessons(again), how="outer", indicator="in")
print(both[both["in"] != "both"].head(4).to_string(index=False))
