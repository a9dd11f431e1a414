"""指向信息的链接, also of what was released before they were noted."""

import re

import django.db.models.deletion
from django.db import migrations, models

LINK = re.compile(r"/items/([0-9a-f]{20})/")


def note_links(apps, schema_editor):
    database = schema_editor.connection.alias
    link_to_item = apps.get_model("portal", "LinkToItem")
    for owner, model in (("page", "PublishedPage"), ("item", "PublishedItem")):
        things = apps.get_model("portal", model).objects.using(database).filter(html__contains="/items/")
        for number, text in things.values_list("pk", "html").iterator():
            link_to_item.objects.using(database).bulk_create(
                link_to_item(key=key, **{f"{owner}_id": number}) for key in sorted(set(LINK.findall(text)))
            )


class Migration(migrations.Migration):

    dependencies = [
        ('portal', '0006_administrative_acts'),
    ]

    operations = [
        migrations.CreateModel(
            name='LinkToItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(db_index=True, max_length=20, verbose_name='信息编号')),
                ('item', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='links', to='portal.publisheditem', verbose_name='政府信息')),
                ('page', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='links', to='portal.publishedpage', verbose_name='页面')),
            ],
            options={
                'verbose_name': '指向信息的链接',
                'verbose_name_plural': '指向信息的链接',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('item__isnull', True), ('page__isnull', False)), models.Q(('item__isnull', False), ('page__isnull', True)), _connector='OR'), name='portal_link_has_one_owner')],
            },
        ),
        migrations.RunPython(note_links, migrations.RunPython.noop, elidable=True),
    ]
