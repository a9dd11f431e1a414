"""排列时间: filled for every item by the migration before, so that it may be required and indexed."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0008_listed_at"),
    ]

    operations = [
        migrations.AlterField(
            model_name="publisheditem",
            name="listed_at",
            field=models.DateTimeField(verbose_name="排列时间"),
        ),
        migrations.AlterField(
            model_name="itemincolumn",
            name="listed_at",
            field=models.DateTimeField(verbose_name="排列时间"),
        ),
        migrations.AlterField(
            model_name="publisheditem",
            name="html",
            field=models.TextField(blank=True, verbose_name="正文"),
        ),
        migrations.AddIndex(
            model_name="publisheditem",
            index=models.Index(fields=["-listed_at", "-id"], name="portal_item_latest"),
        ),
        migrations.AddIndex(
            model_name="publisheditem",
            index=models.Index(fields=["duty", "-listed_at", "-id"], name="portal_item_by_duty"),
        ),
        migrations.AddIndex(
            model_name="itemincolumn",
            index=models.Index(fields=["column", "-listed_at", "-item"], name="portal_items_of_column"),
        ),
    ]
