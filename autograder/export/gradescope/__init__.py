"""An autograder for Gradescope that grades in isolation.

What Gradescope does with the zip, as its documentation has it
(https://gradescope-autograders.readthedocs.io/en/latest/, pages specs, tech, submission_metadata
and troubleshooting):

- it unpacks it to `/autograder/source` in an Ubuntu image and runs `setup.sh` there once, as root,
  with the network;
- for each submission it starts a container of that image, puts the student's files into
  `/autograder/submission` and facts about the student into `/autograder/submission_metadata.json`,
  and runs `run_autograder`, in `/autograder`;
- it then reads `/autograder/results/results.json`, and nothing else, not the exit code. What was
  printed is for the instructor;
- a container has half a processor and 768 MB unless the instructor gives it more, and ten minutes,
  at most forty.
"""
