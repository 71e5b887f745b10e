"""Requests 依申请公开: receipt, supplement, consultation, extension, fee, reply, remedies."""
