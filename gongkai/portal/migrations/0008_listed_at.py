"""原发布日期 and 排列时间 of items: what is moved in stands in the lists where its readers knew it."""

from django.db import migrations, models
from django.db.models import F, OuterRef, Subquery


def list_at_the_release(apps, schema_editor):
    database = schema_editor.connection.alias
    apps.get_model("portal", "PublishedItem").objects.using(database).update(listed_at=F("released_at"))


def show_by_the_release(apps, schema_editor):
    """Backwards: a place in a column bears the time of the release again."""
    database = schema_editor.connection.alias
    items = apps.get_model("portal", "PublishedItem").objects.using(database)
    places = apps.get_model("portal", "ItemInColumn").objects.using(database)
    moved_in = items.filter(published_before__isnull=False, pk=OuterRef("item"))
    places.filter(item__published_before__isnull=False).update(
        released_at=Subquery(moved_in.values("released_at")[:1])
    )


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
        migrations.RunPython(list_at_the_release, show_by_the_release),
        migrations.RemoveIndex(model_name="publisheditem", name="portal_item_latest"),
        migrations.RemoveIndex(model_name="publisheditem", name="portal_item_by_duty"),
        migrations.RemoveIndex(model_name="itemincolumn", name="portal_items_of_column"),
        migrations.RenameField(model_name="itemincolumn", old_name="released_at", new_name="listed_at"),
    ]
