"""How somebody gets her calendar into her telephone: one address in the forms that each program takes, and a code.

`webcal:` opens the dialogue on Apple's; new Outlook spoils it and takes `https:`. Google's own link is said to stay
empty with one form or the other, so its settings page is opened and the address is pasted there. The code leads to the
page and not to the feed: a telephone that scans a feed may keep a copy that is never renewed.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

GOOGLE = "https://calendar.google.com/calendar/u/0/r/settings/addbyurl"
OUTLOOK = "https://outlook.office.com/calendar/0/addfromweb?url={url}&name={name}"
FILE = "skema.ics"


@dataclass(frozen=True, slots=True)
class Subscribe:
    """Every form of one calendar's address. `https` is the feed, `page` the page beside it."""

    https: str
    name: str

    @property
    def page(self) -> str:
        return self.https.removesuffix(FILE)

    @property
    def webcal(self) -> str:
        return "webcal://" + self.https.partition("://")[2]

    @property
    def google(self) -> str:
        return GOOGLE

    @property
    def outlook(self) -> str:
        return OUTLOOK.format(url=quote(self.https, safe=""), name=quote(self.name, safe=""))

    @property
    def code(self) -> str:
        """A QR code of the page's address as an SVG element, dark on light whatever the page's colours are."""
        import segno

        code = segno.make_qr(self.page, error="m")
        return str(
            code.svg_inline(scale=4, border=3, dark="#000", light="#fff", svgclass="qr", lineclass=None, omitsize=True)
        )


def qr_bytes(text: str, kind: str) -> bytes:
    """A text as a QR code: the bytes of an svg or png file."""
    import io

    import segno

    out = io.BytesIO()
    segno.make_qr(text, error="m").save(out, kind=kind, scale=8, border=4)
    return out.getvalue()


def qr_drawn(text: str) -> str:
    """A text as a QR code drawn with half blocks, for a terminal; light on dark and dark on light are both read."""
    import io

    import segno

    out = io.StringIO()
    segno.make_qr(text, error="m").terminal(out, border=2, compact=True)
    return out.getvalue().rstrip("\n")
