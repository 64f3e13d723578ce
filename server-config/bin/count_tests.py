"""Adds up JUnit's XML reports: prints passed, failed and skipped tests."""

import sys
import xml.etree.ElementTree as ElementTree

passed = failed = skipped = 0
for report in sys.argv[1:]:
    suite = ElementTree.parse(report).getroot()
    bad = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
    left_out = int(suite.get("skipped", 0))
    failed += bad
    skipped += left_out
    passed += int(suite.get("tests", 0)) - bad - left_out
print(passed, failed, skipped)
