"""The desk's register of meetings, training, leaflets: evidence for the assessment."""
