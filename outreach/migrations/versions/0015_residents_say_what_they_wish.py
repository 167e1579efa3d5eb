"""residents say what they wish"""

revision = '0015'
down_revision = '0014'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this version's tables."""


def downgrade() -> None:
    """Back to the tables before."""
