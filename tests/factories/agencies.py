"""机关和人员: an office, its sections, and people who hold posts."""

from datetime import date

import factory

from gongkai.agencies.models import Agency, Person, Post, PostPower, Section, Tenure
from gongkai.agencies.powers import Power


class AgencyFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Agency

    name = factory.Sequence(lambda n: f"示例市第{n}局")
    short_name = factory.Sequence(lambda n: f"市{n}局")


class SectionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Section

    agency = factory.SubFactory(AgencyFactory)
    name = factory.Sequence(lambda n: f"第{n}科")


class PersonFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Person

    agency = factory.SubFactory(AgencyFactory)
    username = factory.Sequence(lambda n: f"person{n}")
    name = factory.Sequence(lambda n: f"示例{n}")


def holding(person: Person, *powers: Power) -> Person:
    """The same person, with a post that has these powers since 2019."""
    post = Post.objects.create(agency=person.agency, name=f"岗位-{person.username}-{len(powers)}")
    for power in powers:
        PostPower.objects.create(post=post, power=power)
    Tenure.objects.create(person=person, post=post, from_on=date(2019, 1, 1))
    return person


def keeper(**values) -> Person:
    """A person who keeps, reads and exports registers."""
    return holding(
        PersonFactory(**values), Power.KEEP_REGISTERS, Power.READ_REGISTERS, Power.EXPORT_REGISTERS
    )
