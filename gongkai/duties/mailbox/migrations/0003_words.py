from django.db import migrations

from gongkai.duties.mailbox.words import WORDS


class Migration(migrations.Migration):

    dependencies = [
        ('mailbox', '0002_numbers_by_their_beginning'),
        ('registers', '0002_words'),
    ]

    operations = [migrations.RunPython(each.make, each.drop) for each in WORDS]
