"""全部台账. Every register of the office, in the order of the menu, and their addresses."""

from gongkai.duties.administrative_acts import registers as administrative_acts
from gongkai.duties.administrative_acts.lists import registers as public_lists
from gongkai.duties.applications import registers as applications
from gongkai.duties.catalogue import registers as catalogue
from gongkai.duties.catalogue.wording import registers as wording
from gongkai.duties.channels import registers as channels
from gongkai.duties.inspection import registers as inspection
from gongkai.duties.mailbox import registers as mailbox
from gongkai.duties.oversight import registers as oversight
from gongkai.duties.participation import registers as participation
from gongkai.duties.remedies import registers as remedies
from gongkai.registers.desk.urls import addresses

REGISTERS = (
    *catalogue.REGISTERS,
    *applications.REGISTERS,
    *remedies.REGISTERS,
    *administrative_acts.REGISTERS,
    *public_lists.REGISTERS,
    *mailbox.REGISTERS,
    *participation.REGISTERS,
    *channels.REGISTERS,
    *inspection.REGISTERS,
    *oversight.REGISTERS,
    *wording.REGISTERS,
)

app_name = "registers"
urlpatterns = addresses(REGISTERS)
