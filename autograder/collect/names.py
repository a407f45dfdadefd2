"""nbgrader's collector: whose a file of `extracted/` is, and which notebook."""

from pathlib import Path

from nbgrader.plugins import FileNameCollectorPlugin


class CollectByFolder(FileNameCollectorPlugin):  # type: ignore[misc] # untyped base
    """Reads STUDENT/ASSIGNMENT/FILE, as `ExtractNotebooks` has laid it out."""

    def collect(self, submitted_file: str) -> dict[str, str] | None:
        """The student's id and the file's name; None leaves the file."""
        root = Path(self.parent._format_collect_path(self.parent.extracted_directory))
        match Path(submitted_file).relative_to(root).parts:
            case (student, self.parent.coursedir.assignment_id, name):
                return {"student_id": student, "file_id": name}
        return None
