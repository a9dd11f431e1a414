"""放假安排. The years entered on the desk."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0002_administrators_hold_no_post'),
    ]

    operations = [
        migrations.CreateModel(
            name='HolidayNotice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(unique=True, verbose_name='年份')),
                ('notice', models.CharField(max_length=50, verbose_name='通知文号')),
                ('holidays', models.JSONField(verbose_name='节日')),
                ('entered_at', models.DateTimeField(auto_now=True, verbose_name='录入时间')),
                ('entered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='录入人')),
            ],
            options={
                'verbose_name': '放假安排',
                'verbose_name_plural': '放假安排',
            },
        ),
    ]
