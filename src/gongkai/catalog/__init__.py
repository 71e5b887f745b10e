"""The public catalog: publication, revision, withdrawal, guide, measures, exports."""
