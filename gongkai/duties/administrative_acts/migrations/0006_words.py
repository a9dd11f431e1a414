from django.db import migrations

from gongkai.duties.administrative_acts.words import WORDS


class Migration(migrations.Migration):

    dependencies = [
        ('administrative_acts', '0005_public_by_day'),
        ('registers', '0002_words'),
    ]

    operations = [migrations.RunPython(each.make, each.drop) for each in WORDS]
