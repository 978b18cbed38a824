"""When things came into the catalogue, for its news. What was there before came to nobody as news."""

from datetime import UTC, datetime, time
from typing import Any

from django.db import migrations, models
from django.utils.timezone import make_aware, now


def date_what_is_there(apps: Any, _schema_editor: Any) -> None:
    for name in ("Product", "Release", "StandardVersion"):
        apps.get_model("catalogue", name).objects.update(added=None)
    entries = apps.get_model("catalogue", "Entry").objects
    for on in set(entries.order_by().values_list("on", flat=True).distinct()):
        entries.filter(on=on).update(told_at=min(make_aware(datetime.combine(on, time())), now()))


class Migration(migrations.Migration):

    dependencies = [("catalogue", "0009_hand_ins")]

    operations = [
        *(
            migrations.AddField(name, "added", models.DateTimeField(auto_now_add=True, null=True))
            for name in ("product", "release", "standardversion")
        ),
        migrations.AddField(
            "entry",
            "told_at",
            models.DateTimeField(db_index=True, default=datetime(1970, 1, 1, tzinfo=UTC)),
            preserve_default=False,
        ),
        migrations.AddIndex("standing", models.Index(fields=["until"], name="catalogue_s_until_f48372_idx")),
        migrations.RunPython(date_what_is_there, migrations.RunPython.noop, elidable=True),
    ]
