"""Nothing is overwritten in silence: two values of one field, until a person settles it."""

from typing import Any

from tests.sync.oracle.world import Difference, Said, World


def change(
    world: World,
    said: Said,
    row: Any,
    where: tuple[tuple[str, str], str],
    value: Any,
    came_from: Any,
    protects: Any = None,
    by: str | None = None,
) -> tuple[Any, str]:
    """The value that shows from now on, and the effect; `where` is the row and its field.

    Nothing is overwritten in silence: another value than the one it came from is kept beside.
    """
    stands = row
    shown, effect = _changed(world, said, stands, where, value, came_from, protects, by)
    if shown != stands:
        agree(world, where, shown)
    return shown, effect


def agree(world: World, where: tuple[tuple[str, str], str], shows: Any) -> None:
    """What differs about a field follows what shows; who says the other value agrees."""
    about, name = where
    for difference in world.open_differences(about):
        if difference.field == name and difference.other == shows:
            difference.settled = True
        elif difference.field == name:
            difference.shown = shows


def _changed(
    world: World,
    said: Said,
    stands: Any,
    where: tuple[tuple[str, str], str],
    value: Any,
    came_from: Any,
    protects: Any,
    by: str | None,
) -> tuple[Any, str]:
    if stands == value:
        return stands, "applied" if stands == came_from else "merged"
    if stands == came_from:
        return value, "applied"
    protected = protects is not None and stands == protects
    shown, other = (stands, value) if protected else (value, stands)
    about, name = where
    world.differences.append(
        Difference(said.dossier, about, name, shown, other, by or said.author, said.id)
    )
    return shown, "conflicted"


def strongest(effects: list[str]) -> str:
    """The effect of the whole from those of its fields."""
    return next((e for e in ("conflicted", "applied") if e in effects), "merged")
