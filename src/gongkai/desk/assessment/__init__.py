"""The desk's pages for the assessment: rounds, score sheets, appeals, schemes, inspections."""
