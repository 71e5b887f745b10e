from django.db import migrations
from django.db.models import Count, F, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce, NullIf, TruncMonth


def fill(apps, schema_editor):
    """Records of the runs there are already get their counts."""
    item_model = apps.get_model("inventory", "InventoryItem")
    run_model = apps.get_model("inventory", "InventoryRun")
    count_model = apps.get_model("inventory", "RunCount")
    record_model = apps.get_model("records", "Record")
    sheet_model = apps.get_model("review", "ReviewSheet")

    def of_record(name):
        return Subquery(record_model.objects.filter(pk=OuterRef("record")).values(name)[:1])

    proposed = sheet_model.objects.filter(
        record=OuterRef("record"), state__in=["proposed", "verified"]
    ).values("proposed_attribute")[:1]
    records = item_model.objects.filter(outcome="record").order_by()
    records.update(
        counted_attribute=Coalesce(
            NullIf(of_record("attribute"), Value("")),
            Subquery(proposed),
            NullIf("attribute", Value("")),
            Value("undetermined"),
        ),
        counted_class=of_record("catalog_class"),
        counted_section=of_record("section"),
        counted_on=Coalesce(of_record("created_on"), "created_on"),
    )
    columns = {
        "class": F("counted_class"),
        "section": F("counted_section"),
        "month": TruncMonth("counted_on"),
    }
    for run in run_model.objects.all():
        fresh = []
        for facet, column in columns.items():
            rows = (
                records.filter(run=run).annotate(at=column).values_list("at", "counted_attribute")
            )
            for value, attribute, n in rows.annotate(n=Count("id")):
                key = str(value or "")[: 7 if facet == "month" else None]
                fresh.append(
                    count_model(run=run, facet=facet, key=key, attribute=attribute, count=n)
                )
        count_model.objects.bulk_create(fresh, batch_size=500)


class Migration(migrations.Migration):
    dependencies = [
        ("inventory", "0004_run_counts"),
        ("records", "0004_title_index"),
        ("review", "0004_kinds_of_hidden_things"),
    ]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
