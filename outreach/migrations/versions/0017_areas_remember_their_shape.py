"""areas remember their shape"""

revision = '0017'
down_revision = '0016'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this version's tables."""


def downgrade() -> None:
    """Back to the tables before."""
