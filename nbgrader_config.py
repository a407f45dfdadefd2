"""How nbgrader runs this course. Every `nbgrader` command in this folder reads it."""

import os
import sys
from pathlib import Path

from nbconvert.preprocessors import ClearMetadataPreprocessor
from nbgrader.preprocessors import (
    CheckCellMetadata,
    ClearHiddenTests,
    ClearMarkScheme,
    ClearOutput,
    ClearSolutions,
    ComputeChecksums,
    DeduplicateIds,
    IgnorePattern,
    IncludeHeaderFooter,
    InstantiateTests,
    LimitOutput,
    LockCells,
    OverwriteCells,
    OverwriteKernelspec,
    SaveAutoGrades,
    SaveCells,
)

from autograder.collect.extract import ExtractNotebooks
from autograder.collect.names import CollectByFolder
from autograder.examiner.execute import ExecuteInIsolation
from autograder.feedback.as_released import ShowTestsAsReleased
from autograder.feedback.formgrader import TEMPLATE_FOLDERS
from autograder.feedback.grades import ReadGrades
from autograder.feedback.page import FeedbackPage
from autograder.feedback.scores import SumUp
from autograder.grading.late import AssignLatePenaltyOnce
from autograder.intake.exporter import ReadDefensively
from autograder.intake.from_source import RebuildFromSource
from autograder.release.strip import StripCourseMetadata

c = get_config()

# nbgrader starts `alembic` by its bare name when it makes a gradebook; with the environment
# not activated (`.venv/bin/nbgrader …`) it would not be found.
os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])

# The key of the course in the exchange and in formgrader's address.
c.CourseDirectory.course_id = "deep_learning_basics"

# nbgrader copies every other file of source/<assignment>/ to students and next to their code
# when grading. Texts with answers and the catalogue of mistakes must not travel. Setting the
# list replaces nbgrader's own, so its four defaults are repeated first.
c.CourseDirectory.ignore = [
    ".ipynb_checkpoints",
    "*.pyc",
    "__pycache__",
    "feedback",
    "*.py",
    "misconceptions",
]

# release/ is committed; without force nbgrader skips it and never fills a new gradebook.
c.GenerateAssignment.force = True

# nbgrader's own list with one addition: what only our compiler knows leaves the notebook.
c.GenerateAssignment.preprocessors = [
    IncludeHeaderFooter,
    InstantiateTests,
    LockCells,
    ClearSolutions,
    ClearOutput,
    StripCourseMetadata,
    CheckCellMetadata,
    ComputeChecksums,
    SaveCells,
    ClearHiddenTests,
    ClearMarkScheme,
    ComputeChecksums,
    CheckCellMetadata,
]

# One text stands in every stub; what to write there is in the docstring above it.
c.ClearSolutions.code_stub = {
    "python": "# YOUR CODE HERE\n"
    'raise NotImplementedError("Write your answer here, then delete this line.")'
}
c.ClearSolutions.text_stub = "*Write your answer here, in one to three sentences.*"

# nbgrader's own list with one addition at its head: a submission is put back into the notebook
# that was released, so that deleted, moved, duplicated or edited tests are as they were.
c.Autograde.sanitize_preprocessors = [
    RebuildFromSource,
    ClearOutput,
    DeduplicateIds,
    OverwriteKernelspec,
    OverwriteCells,
    CheckCellMetadata,
]

# A damaged file, a link or an old format scores 0 with a reason; nbgrader would give no grade.
c.Autograde.exporter_class = ReadDefensively

# nbgrader's own list with its first entry, Execute, replaced: students' code runs in a sandboxed
# process, and hidden tests in another, so that neither can reach the other. And its last but one:
# what a late hand-in costs is asked once, not for each notebook.
c.Autograde.autograde_preprocessors = [
    ExecuteInIsolation,
    IgnorePattern,
    ClearMetadataPreprocessor,
    LimitOutput,
    SaveAutoGrades,
    AssignLatePenaltyOnce,
    CheckCellMetadata,
]

# nbgrader's feedback prints every hidden test and its traceback. Ours shows each test cell as
# it was released and, when a hidden line failed, the test's hint.
c.GenerateFeedback.preprocessors = [ReadGrades, ShowTestsAsReleased, SumUp]

# nbgrader's page fetches MathJax, runs scripts and shows what students wrote as it is. Ours has
# the scores on top, holds all it needs, and escapes whatever has not been cleaned.
c.GenerateFeedback.exporter_class = FeedbackPage

# Formgrader shows what students wrote inside the instructor's own JupyterLab, and nbgrader's
# template prints written answers as they are: all of it is cleaned first. `sanitize_html` alone
# cleans outputs only. Formulas are MathML, so that no script has to read the page. What came
# through would meet the policy that the server's extension sends (autograder/server).
c.HTMLExporter.sanitize_html = True
c.HTMLExporter.preprocessors = ["autograder.feedback.formgrader.ShowWordsOnly"]
c.HTMLExporter.filters = {
    "markdown2html": "autograder.feedback.formgrader.written",
    "clean_html": "autograder.feedback.formgrader.cleaned",
    "highlight_code": "autograder.feedback.formgrader.coloured",
}
c.HTMLExporter.extra_template_basedirs = TEMPLATE_FOLDERS

# `nbgrader zip_collect` believes what the platform wrote of who handed in, matched against the
# roster, and nothing that a student packed. What it leaves is told at the end; nbgrader's own lines
# for each file and folder would bury that.
c.ZipCollectApp.extractor_plugin = ExtractNotebooks
c.ZipCollectApp.collector_plugin = CollectByFolder
c.ZipCollectApp.log_level = "ERROR"
