"""addresses are found by where they are: a map shows a piece at a time"""

from alembic import op

revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this version's tables."""
    op.create_index('ix_address_place', 'address', ['municipality_id', 'lat', 'lon'])


def downgrade() -> None:
    """Back to the tables before."""
    op.drop_index('ix_address_place', table_name='address')
