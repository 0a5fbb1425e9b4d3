"""spark.read.csv and json of DataFrames of texts."""

TEXTS = {
    "json": ['{"name": "A", "age": 1}', '{"name": "B", "age": 2.5, "more": {"x": [1, null]}}'],
    "json_bad": ['{"name": "A"}', '{"name": ', '[{"name": "B"}, {"name": "C"}]', "", " ", '{"name": 5}'],
    "json_types": ['{"d": "2020-01-01", "t": "2020-01-01T00:00:00", "n": null, "b": true, "l": 12345678901, "a": []}'],
    "csv": ["name,age", "A,1", "B,2", '"C, D",', "# no,9", "E"],
    "csv_types": ["1,1.5,2020-01-01,true,x", "2,,2020-01-02 10:00:00,false,", ",3.5,,,y"],
    "no": [],
}

EXPRESSIONS = """
spark.read.json(texts("json"))
spark.read.json(texts("json"), schema="age double, name string")
spark.read.json(texts("json"), schema="name string, zz int")
spark.read.schema("name string, more struct<x: array<int>>").json(texts("json"))
spark.read.json(texts("json_bad"))
spark.read.json(texts("json_bad"), schema="name string, _corrupt_record string")
spark.read.json(texts("json_bad"), schema="name string")
spark.read.json(texts("json_bad"), schema="name int")
spark.read.json(texts("json_bad"), mode="DROPMALFORMED")
spark.read.json(texts("json_bad"), schema="name string", mode="DROPMALFORMED")
spark.read.json(texts("json_bad"), schema="name string", mode="FAILFAST")
spark.read.json(texts("json_bad"), mode="FAILFAST")
spark.read.json(texts("json_bad"), columnNameOfCorruptRecord="bad")
spark.read.json(texts("json_bad"), schema="name string, bad string", columnNameOfCorruptRecord="bad")
spark.read.json(texts("json_bad"), schema="name string, _corrupt_record int")
spark.read.json(texts("json_types"))
spark.read.json(texts("json_types"), primitivesAsString=True)
spark.read.json(texts("json_types"), dropFieldIfAllNull=True)
spark.read.option("inferTimestamp", True).json(texts("json_types"))
spark.read.json(texts("json_types"), schema="d date, t timestamp, b boolean, l bigint")
spark.read.json(texts("json_types"), schema="d date", dateFormat="yyyy-MM-dd").select(F.year("d"))
spark.read.json(texts("no"))
spark.read.json(texts("no"), schema="a int")
spark.read.json(texts("json")).where("age > 1").select("name")
spark.read.csv(texts("csv"))
spark.read.csv(texts("csv"), header=True)
spark.read.csv(texts("csv"), header=True, inferSchema=True)
spark.read.csv(texts("csv"), header=True, inferSchema=True, comment="#")
spark.read.csv(texts("csv"), comment="#")
spark.read.csv(texts("csv"), schema="name string, age int")
spark.read.csv(texts("csv"), schema="name string, age int", header=True)
spark.read.csv(texts("csv"), schema="name string, age int, _corrupt_record string", header=True)
spark.read.csv(texts("csv"), schema="name string, age int", mode="DROPMALFORMED")
spark.read.csv(texts("csv"), schema="name string, age int", mode="FAILFAST")
spark.read.csv(texts("csv"), schema="name string, age int", header=True, comment="#", nullValue="A")
spark.read.csv(texts("csv_types"))
spark.read.csv(texts("csv_types"), inferSchema=True)
spark.read.csv(texts("csv_types"), schema="a int, b double, c timestamp, d boolean, e string")
spark.read.csv(texts("csv_types"), sep=".")
spark.read.csv(texts("csv_types"), schema="a array<int>")
spark.read.csv(texts("no"))
spark.read.csv(texts("no"), header=True)
spark.read.csv(texts("no"), schema="a int")
spark.read.csv(texts("csv"), header=True).groupBy("age").count().orderBy("age")
spark.read.json(df)
spark.read.json(df.select("g"))
spark.read.csv(df.select("k"))
""".strip().splitlines()
