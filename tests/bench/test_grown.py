"""The grown base says a value for each column of every table it grows."""

import pytest

from bench.grown import GROWN, SHARED, Grown
from outreach.db import METADATA


@pytest.mark.parametrize("one", GROWN, ids=[one.table for one in GROWN])
def test_every_column_is_named_said_or_copied(one: Grown) -> None:
    columns = {column.name for column in METADATA.tables[one.table].columns}
    copied = {column.name for column in METADATA.tables[one.source or one.table].columns}
    assert columns <= {*one.named, *one.said, *copied}
    assert {*one.named, *one.said} <= columns


def test_no_two_rows_have_one_id() -> None:
    for one in GROWN:
        assert one.shared % SHARED.get(one.named["id"], 1) == 0
