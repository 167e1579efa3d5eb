"""a municipality sets how soon its phones shut"""

import sqlalchemy as sa
from alembic import op

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None

USUAL = {'lock_minutes': '5', 'talk_lock_minutes': '20', 'cover_minutes': '1'}


def upgrade() -> None:
    """To this version's tables."""
    for name, usual in USUAL.items():
        op.add_column('municipality', sa.Column(name, sa.Integer(), nullable=False, server_default=usual))


def downgrade() -> None:
    """Back to the tables before."""
    for name in reversed(USUAL):
        op.drop_column('municipality', name)
