"""原发布日期 and 排列时间 of items: what is moved in stands in the lists where its readers knew it."""

from django.db import migrations, models
from django.db.models import F


def list_at_the_release(apps, schema_editor):
    database = schema_editor.connection.alias
    apps.get_model("portal", "PublishedItem").objects.using(database).update(listed_at=F("released_at"))


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0007_links_to_items"),
    ]

    operations = [
        migrations.AddField(
            model_name="publisheditem",
            name="published_before",
            field=models.DateField(blank=True, null=True, verbose_name="原发布日期"),
        ),
        migrations.AddField(
            model_name="publisheditem",
            name="listed_at",
            field=models.DateTimeField(null=True, verbose_name="排列时间"),
        ),
        migrations.RunPython(list_at_the_release, migrations.RunPython.noop),
        migrations.RemoveIndex(model_name="publisheditem", name="portal_item_latest"),
        migrations.RemoveIndex(model_name="publisheditem", name="portal_item_by_duty"),
        migrations.RemoveIndex(model_name="itemincolumn", name="portal_items_of_column"),
        migrations.RenameField(model_name="itemincolumn", old_name="released_at", new_name="listed_at"),
    ]
