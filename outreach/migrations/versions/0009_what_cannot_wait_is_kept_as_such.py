"""what cannot wait is kept as such"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None

CRISES = ('handover.offer', 'draft.handover')
CONCERNS = ('concern.raise', 'draft.worry')
ERASING = ('dossier.discard', 'note.remove', 'consent.withdraw')

quarantined = sa.table(
    'quarantined',
    sa.column('id', sa.Uuid(as_uuid=False)),
    sa.column('dossier_id', sa.Uuid(as_uuid=False)),
    sa.column('first_dossier_id', sa.Uuid(as_uuid=False)),
    sa.column('kind', sa.String()),
    sa.column('reason', sa.String()),
    sa.column('state', sa.String()),
    sa.column('body', sa.JSON()),
    sa.column('urgent', sa.Boolean()),
)


def upgrade() -> None:
    """To this version's tables."""
    op.add_column('quarantined', sa.Column('urgent', sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_index(
        'ix_quarantined_urgent', 'quarantined', ['municipality_id'],
        sqlite_where=sa.text("urgent AND state = 'waiting'"),
        postgresql_where=sa.text("urgent AND state = 'waiting'"),
    )
    moved = quarantined.alias()
    has_moved = sa.exists().where(moved.c.first_dossier_id == quarantined.c.dossier_id)
    rows = sa.select(
        quarantined.c.id, quarantined.c.kind, quarantined.c.reason, quarantined.c.body, has_moved
    ).where(quarantined.c.state == 'waiting')
    connection = op.get_bind()
    urgent = [row.id for row in connection.execute(rows) if _is_urgent(*row[1:])]
    for id_ in urgent:
        change = quarantined.update().where(quarantined.c.id == id_).values(urgent=True)
        connection.execute(change)


def _is_urgent(kind: str, reason: str, envelope: dict[str, Any], moved: bool) -> bool:
    said = envelope.get('body')
    body: dict[str, Any] = said if isinstance(said, dict) else {}
    return (
        reason == 'moved-here'
        or kind in CONCERNS
        or (kind in CRISES and body.get('urgency') == 'crisis')
        or (kind == 'debt_help.ask' and body.get('crisis') is True)
        or (kind == 'draft.loose' and body.get('call_today') is True)
        or (kind in ERASING and moved)
    )


def downgrade() -> None:
    """Back to the tables before."""
    op.drop_index('ix_quarantined_urgent', table_name='quarantined')
    op.drop_column('quarantined', 'urgent')
