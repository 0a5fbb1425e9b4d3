"""The matrix of Spark's implicit and explicit casts, tests/functions/coercion.tsv: a table for each operation and mode, recorded from real Spark.

    ansi	SELECT coalesce(LEFT, RIGHT)
    	VOID	TINYINT	...                     (the types of RIGHT)
    VOID	void	tinyint	...             (the type of LEFT, then the result's type or !CONDITION)
"""
TYPES = ["VOID", "TINYINT", "SMALLINT", "INT", "BIGINT", "FLOAT", "DOUBLE", "DECIMAL(10,2)", "DECIMAL(38,18)", "STRING", "BINARY", "BOOLEAN",
         "DATE", "TIMESTAMP", "TIMESTAMP_NTZ", "INTERVAL YEAR TO MONTH", "INTERVAL DAY TO SECOND", "INTERVAL DAY", "ARRAY<INT>", "ARRAY<STRING>",
         "MAP<STRING, INT>", "STRUCT<x: INT>", "STRUCT<y: DOUBLE>"]  # fmt: skip
OPERATIONS = ["SELECT coalesce(LEFT, RIGHT)", "SELECT LEFT = RIGHT", "SELECT LEFT + RIGHT", "SELECT LEFT - RIGHT", "SELECT LEFT * RIGHT",
              "SELECT LEFT / RIGHT", "SELECT LEFT % RIGHT", "SELECT LEFT IN (RIGHT)", "SELECT LEFT || RIGHT", "SELECT LEFT UNION ALL SELECT RIGHT",
              "SELECT LEFT AND RIGHT", "SELECT LEFT LIKE RIGHT", "SELECT array_contains(array(LEFT), RIGHT)", "SELECT CAST(LEFT AS RIGHT_TYPE)"]  # fmt: skip
MODES = ["ansi", "legacy"]


def sql(operation, left, right):
    value = {kind: "NULL" if kind == "VOID" else f"CAST(NULL AS {kind})" for kind in (left, right)}
    return operation.replace("RIGHT_TYPE", right).replace("LEFT", value[left]).replace("RIGHT", value[right])
