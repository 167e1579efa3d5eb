"""areas remember their shape; a held door knows who decided, and what its resident was told"""

import sqlalchemy as sa
from alembic import op

revision = '0018'
down_revision = '0017'
branch_labels = None
depends_on = None

HOLDS = (
    ('decided_by', sa.Uuid(as_uuid=False)),
    ('informed_on', sa.Date()),
    ('objected_on', sa.Date()),
)


def upgrade() -> None:
    """To this version's tables."""
    op.add_column('area', sa.Column('choice', sa.JSON(), server_default='{}', nullable=False))
    for name, kind in HOLDS:
        op.add_column('door_hold', sa.Column(name, kind, nullable=True))
    why = sa.Column('lifted_why', sa.String(length=20), server_default='', nullable=False)
    op.add_column('door_hold', why)


def downgrade() -> None:
    """Back to the tables before."""
    op.drop_column('door_hold', 'lifted_why')
    for name, _ in reversed(HOLDS):
        op.drop_column('door_hold', name)
    op.drop_column('area', 'choice')
