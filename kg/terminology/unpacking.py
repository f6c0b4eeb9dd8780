"""The file that counts in a ZIP archive, taken out beside it."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path, PurePosixPath

from kg.errors import DownloadError

LARGEST = 1 << 32  # bytes that a member may unpack to


def unpack(archive: Path, member: str) -> Path:
    """The file of the archive whose name ends so, written beside it; other files stay inside.

    Raises
    ------
    DownloadError
        where it is no archive, is damaged, or holds no such file.
    """
    try:
        with zipfile.ZipFile(archive) as packed:
            found = next((i for i in packed.infolist() if i.filename.endswith(member)), None)
            if found is None or found.file_size > LARGEST:
                held = ", ".join(info.filename for info in packed.infolist()[:5])
                raise DownloadError(
                    f"no {member} in the archive" if found is None else f"{member} is too large",
                    where=str(archive), remedy=f"it holds {held}; import the right one by hand",
                )  # fmt: skip
            path = archive.with_name(PurePosixPath(found.filename).name)
            part = path.with_name(path.name + ".part")
            with packed.open(found) as source, part.open("wb") as out:
                shutil.copyfileobj(source, out)
            part.replace(path)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, OSError) as error:
        raise DownloadError(
            f"cannot be unpacked ({error})", where=str(archive), remedy="delete it, fetch it again"
        ) from error
    return path
