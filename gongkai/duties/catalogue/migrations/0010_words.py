from django.db import migrations, models

from gongkai.duties.catalogue.words import WORDS


class Migration(migrations.Migration):

    dependencies = [
        ('catalogue', '0009_kinds'),
        ('registers', '0002_words'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='version',
            index=models.Index(fields=['agency', 'document_number'], name='version_by_document_number', opclasses=['int8_ops', 'varchar_pattern_ops']),
        ),
        *(migrations.RunPython(each.make, each.drop) for each in WORDS),
    ]
