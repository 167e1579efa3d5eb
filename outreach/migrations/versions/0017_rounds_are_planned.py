"""rounds are planned"""

import sqlalchemy as sa
from alembic import op

revision = '0017'
down_revision = '0016'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this version's tables."""
    op.create_table('round_plan',
        sa.Column('campaign_id', sa.Uuid(as_uuid=False), nullable=False),
        sa.Column('first_day', sa.Date(), nullable=False),
        sa.Column('last_day', sa.Date(), nullable=False),
        sa.Column('state', sa.String(length=20), nullable=False),
        sa.Column('settings', sa.JSON(), nullable=False),
        sa.Column('content', sa.JSON(), nullable=False),
        sa.Column('rounds', sa.JSON(), nullable=False),
        sa.Column('version', sa.Uuid(as_uuid=False), nullable=False),
        sa.Column('step', sa.Integer(), nullable=False),
        sa.Column('job_id', sa.Uuid(as_uuid=False), nullable=True),
        sa.Column('made_by', sa.Uuid(as_uuid=False), nullable=False),
        sa.Column('changed_by', sa.Uuid(as_uuid=False), nullable=True),
        sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('published_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('id', sa.Uuid(as_uuid=False), nullable=False),
        sa.Column('municipality_id', sa.Uuid(as_uuid=False), nullable=False),
        sa.ForeignKeyConstraint(['municipality_id', 'campaign_id'], ['campaign.municipality_id', 'campaign.id'], name=op.f('fk_round_plan_municipality_id_campaign_id')),
        sa.ForeignKeyConstraint(['municipality_id'], ['municipality.id'], name=op.f('fk_round_plan_municipality_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_round_plan')),
        sa.UniqueConstraint('municipality_id', 'id', name=op.f('uq_round_plan_municipality_id_id')),
    )
    op.create_index(op.f('ix_round_plan_campaign_id'), 'round_plan', ['campaign_id'], unique=False)
    op.create_table('round_plan_step',
        sa.Column('round_plan_id', sa.Uuid(as_uuid=False), nullable=False),
        sa.Column('number', sa.Integer(), nullable=False),
        sa.Column('content', sa.JSON(), nullable=False),
        sa.Column('id', sa.Uuid(as_uuid=False), nullable=False),
        sa.Column('municipality_id', sa.Uuid(as_uuid=False), nullable=False),
        sa.ForeignKeyConstraint(['municipality_id', 'round_plan_id'], ['round_plan.municipality_id', 'round_plan.id'], name=op.f('fk_round_plan_step_municipality_id_round_plan_id')),
        sa.ForeignKeyConstraint(['municipality_id'], ['municipality.id'], name=op.f('fk_round_plan_step_municipality_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_round_plan_step')),
        sa.UniqueConstraint('municipality_id', 'id', name=op.f('uq_round_plan_step_municipality_id_id')),
        sa.UniqueConstraint('round_plan_id', 'number', name='uq_round_plan_step_number'),
    )
    op.add_column('round', sa.Column('before_letter', sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column('round', sa.Column('changed_at', sa.DateTime(timezone=True), nullable=True))
    op.add_column('round', sa.Column('went', sa.Integer(), nullable=False, server_default='0'))
    op.add_column('round', sa.Column('came', sa.Integer(), nullable=False, server_default='0'))
    op.add_column('stop', sa.Column('taken_at', sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Back to the tables before."""
    op.drop_column('stop', 'taken_at')
    for name in ('came', 'went', 'changed_at', 'before_letter'):
        op.drop_column('round', name)
    op.drop_table('round_plan_step')
    op.drop_index(op.f('ix_round_plan_campaign_id'), table_name='round_plan')
    op.drop_table('round_plan')
