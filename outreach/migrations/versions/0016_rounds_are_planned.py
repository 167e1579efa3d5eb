"""rounds are planned"""

revision = '0016'
down_revision = '0015'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this version's tables."""


def downgrade() -> None:
    """Back to the tables before."""
