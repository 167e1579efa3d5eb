"""paper for the field"""

import sqlalchemy as sa
from alembic import op

revision = '0015'
down_revision = '0014'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this version's tables."""
    op.create_table('letter_picture',
        sa.Column('letter_version_id', sa.Uuid(as_uuid=False), nullable=False),
        sa.Column('page', sa.Integer(), nullable=False),
        sa.Column('language', sa.String(length=8), nullable=False),
        sa.Column('width', sa.Integer(), nullable=False),
        sa.Column('height', sa.Integer(), nullable=False),
        sa.Column('picture', sa.Text(), nullable=False),
        sa.Column('id', sa.Uuid(as_uuid=False), nullable=False),
        sa.Column('municipality_id', sa.Uuid(as_uuid=False), nullable=False),
        sa.ForeignKeyConstraint(['municipality_id', 'letter_version_id'], ['letter_version.municipality_id', 'letter_version.id'], name=op.f('fk_letter_picture_municipality_id_letter_version_id')),
        sa.ForeignKeyConstraint(['municipality_id'], ['municipality.id'], name=op.f('fk_letter_picture_municipality_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_letter_picture')),
        sa.UniqueConstraint('letter_version_id', 'page', name='uq_letter_picture_page'),
        sa.UniqueConstraint('municipality_id', 'id', name=op.f('uq_letter_picture_municipality_id_id')),
    )
    op.create_table('calling_card',
        sa.Column('campaign_id', sa.Uuid(as_uuid=False), nullable=False),
        sa.Column('texts', sa.JSON(), nullable=False),
        sa.Column('printed_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('id', sa.Uuid(as_uuid=False), nullable=False),
        sa.Column('municipality_id', sa.Uuid(as_uuid=False), nullable=False),
        sa.ForeignKeyConstraint(['municipality_id', 'campaign_id'], ['campaign.municipality_id', 'campaign.id'], name=op.f('fk_calling_card_municipality_id_campaign_id')),
        sa.ForeignKeyConstraint(['municipality_id'], ['municipality.id'], name=op.f('fk_calling_card_municipality_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_calling_card')),
        sa.UniqueConstraint('campaign_id', name='uq_calling_card_campaign'),
        sa.UniqueConstraint('municipality_id', 'id', name=op.f('uq_calling_card_municipality_id_id')),
    )


def downgrade() -> None:
    """Back to the tables before."""
    op.drop_table('calling_card')
    op.drop_table('letter_picture')
