"""Limits of emails that all workers share"""

import sqlalchemy as sa
from alembic import op

revision = '0116'
down_revision = '0115'


def upgrade() -> None:
    """Add what is used up of each limit."""
    op.create_table(
        'mail_budgets',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('name', sa.String(length=200), nullable=False),
        sa.Column('free_at', sa.BigInteger(), nullable=False),
        sa.Column('day', sa.Date(), nullable=False),
        sa.Column('taken', sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_mail_budgets')),
        sa.UniqueConstraint('name', name=op.f('uq_mail_budgets_name')),
    )


def downgrade() -> None:
    """Remove it."""
    op.drop_table('mail_budgets')
