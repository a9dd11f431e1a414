from django.db import migrations

from gongkai.registers import words


class Migration(migrations.Migration):

    dependencies = [
        ('registers', '0001_initial'),
    ]

    operations = [
        migrations.RunPython(words.make_function, words.drop_function),
    ]
