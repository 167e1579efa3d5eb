"""incidents and vouchers"""

revision = '0019'
down_revision = '0018'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this version's tables."""


def downgrade() -> None:
    """Back to the tables before."""
