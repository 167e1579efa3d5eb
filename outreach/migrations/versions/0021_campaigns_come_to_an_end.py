"""campaigns come to an end"""

revision = '0021'
down_revision = '0020'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this version's tables."""


def downgrade() -> None:
    """Back to the tables before."""
