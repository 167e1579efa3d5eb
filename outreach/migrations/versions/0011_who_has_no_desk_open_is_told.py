"""who has no desk open is told"""

import sqlalchemy as sa
from alembic import op

import outreach.db

revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None


def _ids() -> tuple[sa.Column[str], sa.Column[str]]:
    return (
        sa.Column('id', outreach.db.IdType(), nullable=False),
        sa.Column('municipality_id', outreach.db.IdType(), nullable=False),
    )


def _keys(table: str) -> tuple[sa.Constraint, ...]:
    return (
        sa.PrimaryKeyConstraint('id', name=op.f(f'pk_{table}')),
        sa.ForeignKeyConstraint(
            ['municipality_id'], ['municipality.id'], name=op.f(f'fk_{table}_municipality_id')
        ),
        sa.UniqueConstraint('municipality_id', 'id', name=op.f(f'uq_{table}_municipality_id_id')),
    )


def upgrade() -> None:
    """To this version's tables."""
    op.create_table(
        'message',
        *_ids(),
        sa.Column('account_id', outreach.db.IdType(), nullable=False),
        sa.Column('kind', sa.String(40), nullable=False),
        sa.Column('cause_id', outreach.db.IdType(), nullable=False),
        sa.Column('channel', sa.String(10), nullable=False),
        sa.Column('target_id', outreach.db.IdType(), nullable=False),
        sa.Column('urgent', sa.Boolean(), nullable=False),
        sa.Column('state', sa.String(20), nullable=False),
        sa.Column('tries', sa.Integer(), nullable=False),
        sa.Column('made_at', outreach.db.UtcDateTime(), nullable=False),
        sa.Column('next_try_at', outreach.db.UtcDateTime(), nullable=False),
        sa.Column('batch_id', outreach.db.IdType(), nullable=True),
        sa.Column('ended_at', outreach.db.UtcDateTime(), nullable=True),
        *_keys('message'),
        sa.UniqueConstraint(
            'municipality_id', 'kind', 'cause_id', 'channel', 'target_id', name='uq_message_once'
        ),
    )
    op.create_index(
        'ix_message_waiting', 'message', ['next_try_at'],
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.create_table(
        'message_choice',
        *_ids(),
        sa.Column('account_id', outreach.db.IdType(), nullable=False),
        sa.Column('mail', sa.Boolean(), nullable=False),
        sa.Column('quiet_from', sa.String(5), nullable=False),
        sa.Column('quiet_until', sa.String(5), nullable=False),
        sa.Column('daily_at', sa.String(5), nullable=False),
        sa.Column('refused_mail', sa.String(64), nullable=False),
        *_keys('message_choice'),
        sa.UniqueConstraint('municipality_id', 'account_id', name='uq_message_choice_account'),
    )
    op.create_table(
        'push_subscription',
        *_ids(),
        sa.Column('account_id', outreach.db.IdType(), nullable=False),
        sa.Column('endpoint', sa.Text(), nullable=False),
        sa.Column('digest', sa.String(64), nullable=False),
        sa.Column('made_at', outreach.db.UtcDateTime(), nullable=False),
        *_keys('push_subscription'),
        sa.UniqueConstraint('digest', name=op.f('uq_push_subscription_digest')),
    )
    op.create_index(
        'ix_push_subscription_account', 'push_subscription', ['municipality_id', 'account_id']
    )


def downgrade() -> None:
    """Back to the tables before."""
    op.drop_table('push_subscription')
    op.drop_table('message_choice')
    op.drop_table('message')
