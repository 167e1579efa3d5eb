"""differences are found by their row, and a phone's last exchange is told from a contact"""

import sqlalchemy as sa
from alembic import op

revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this version's tables."""
    op.create_index('ix_difference_object_id', 'difference', ['object_id'])
    op.add_column('device', sa.Column('synced_at', sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Back to the tables before."""
    op.drop_column('device', 'synced_at')
    op.drop_index('ix_difference_object_id', table_name='difference')
