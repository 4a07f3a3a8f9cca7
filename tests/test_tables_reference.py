"""The reference of the tables is the list of columns that reads them."""

from tools.tables import PAGE, page


def test_the_page_is_what_the_columns_say() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run: python -m tools.tables"
