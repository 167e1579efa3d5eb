"""campaigns come to an end: what they came to is kept, the next one takes over what worked"""

import sqlalchemy as sa
from alembic import op

revision = '0021'
down_revision = '0020'
branch_labels = None
depends_on = None

ID = sa.Uuid(as_uuid=False)


def upgrade() -> None:
    """To this version's tables."""
    op.add_column('base_location', sa.Column('attended_by', sa.String(length=200), nullable=False, server_default=''))
    op.add_column('campaign', sa.Column('incentive', sa.String(length=200), nullable=False, server_default=''))
    op.add_column('campaign', sa.Column('copied_from_id', ID, nullable=True))
    op.create_table(
        'campaign_figure',
        sa.Column('campaign_id', ID, nullable=False),
        sa.Column('name', sa.String(length=40), nullable=False),
        sa.Column('count', sa.Integer(), nullable=True),
        sa.Column('counted_on', sa.Date(), nullable=False),
        sa.Column('id', ID, nullable=False),
        sa.Column('municipality_id', ID, nullable=False),
        sa.ForeignKeyConstraint(['municipality_id', 'campaign_id'], ['campaign.municipality_id', 'campaign.id'], name=op.f('fk_campaign_figure_municipality_id_campaign_id')),
        sa.ForeignKeyConstraint(['municipality_id'], ['municipality.id'], name=op.f('fk_campaign_figure_municipality_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_campaign_figure')),
        sa.UniqueConstraint('campaign_id', 'name', name='uq_campaign_figure_name'),
        sa.UniqueConstraint('municipality_id', 'id', name=op.f('uq_campaign_figure_municipality_id_id')),
    )


def downgrade() -> None:
    """Back to the tables before."""
    op.drop_table('campaign_figure')
    op.drop_column('campaign', 'copied_from_id')
    op.drop_column('campaign', 'incentive')
    op.drop_column('base_location', 'attended_by')
