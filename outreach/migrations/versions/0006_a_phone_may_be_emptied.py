"""a phone may be emptied"""

import sqlalchemy as sa
from alembic import op

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this version's tables."""
    op.add_column('device', sa.Column('removal_code', sa.String(length=8), nullable=True))


def downgrade() -> None:
    """Back to the tables before."""
    op.drop_column('device', 'removal_code')
