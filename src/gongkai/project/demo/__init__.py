"""The demo body: an invented district's commerce bureau with its past, its papers and live work.

Every place, person and figure is invented, except that the counts of 2008 are those of the
document the product began with. Content is data (`data/`); what is done with it goes through the
same actions as the work of a real body.
"""
