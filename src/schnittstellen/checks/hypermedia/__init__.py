"""Judging APIs whose objects are reached by links: description, crawl, lists, objects, filters, files."""
