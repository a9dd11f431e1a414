"""上传. Files stay in memory until they are sealed: none is written plainly to a disk, and what is too much is not read on."""

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest

from gongkai.portal.intake.handed_in_files import LARGEST_TOGETHER, MEGABYTE, MOST_FILES

LARGEST_BODY = LARGEST_TOGETHER + MEGABYTE


class TooMuch(Exception):
    """一次提交得太多."""


class InMemory(FileUploadHandler):
    """Keeps files in memory, all of one request within one bound."""

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        self.together = self.files = 0
        self.too_much = False

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self._file = BytesIO()
        self.files += 1
        if self.files > MOST_FILES * 2:
            self._stop()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.together += len(raw_data)
        if self.together > LARGEST_TOGETHER:
            self._stop()
        self._file.write(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        self._file.seek(0)
        return InMemoryUploadedFile(
            file=self._file,
            field_name=self.field_name,
            name=self.file_name or "",
            content_type=self.content_type,
            size=file_size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )

    def _stop(self) -> None:
        self.too_much = True
        raise StopUpload(connection_reset=True)


def keep_in_memory(request: HttpRequest) -> None:
    """Call before anything reads the body. Raises TooMuch for a body said to be too large."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_BODY:
        raise TooMuch
    handler = InMemory(request)
    request.upload_handlers = [handler]
    _ = request.POST
    if handler.too_much:
        raise TooMuch
