"""The CSV, JSON and text files that the cases of text_cases.py read."""
import bz2
import gzip
import random
import zlib

CSV = {
    "plain": "a,b,c\n1,x,1.5\n2,y,2.5\n3,,\n",
    "no_header": "1,x\n2,y\n",
    "types": "i,l,d,f,b,t,dt,s,e,mixed\n"
             "1,3000000000,12345678901234567890,1.5,true,2024-01-31 12:30:00,2024-01-31,x,,1\n"
             "-2,5,6,1e3,FALSE,2024-01-31T12:30:00.123Z,2023-12-01,y,,true\n"
             ",,,,,,,,,\n",
    "types_widen": "a,b,c,d,e,f,g,h\n1,1,1,2024-01-01,2024-01-01,true,1,NaN\n"
                   "3000000000,1.5,123456789012345678901,2024-01-01 01:02:03,x,1,1e2,Inf\n",
    "decimals": "a,b,c,d,e\n12345678901234567890,1e0,0012345678901234567890,1E+20,"
                "123456789012345678901234567890123456789\n12345678901,2,1,1,2\n",
    "odd_numbers": "a,b,c,d,e,f,g\n 1,+1,1d,0x10,NaN,Infinity,-0\n2 ,+2,2f,1,-Infinity,inf,0\n",
    "booleans": "a,b,c,d\ntrue,t,yes,TRUE\nfalse,f,no,False\n",
    "dates": "a,b,c,d,e\n2024-01-31,2024-1-1,01/02/2024,2024,2024-01\n2024-02-29,2024-12-1,31/12/2024,2025,2024-02\n",
    "bad_date": "a\n2024-02-30\n",
    "timestamps": "a,b,c,d,e\n2024-01-31 12:30:00,2024-01-31T12:30:00Z,2024-1-1 1:2:3,2024-01-31 12:30:00+02:00,2024-01-31 12\n"
                  "2024-01-31,2024-01-31T12:30:00.123456,2024-01-31 T,2024-01-31 12:30:00 Europe/Paris,2024-01-31 12:30\n",
    "formats": "d,t\n31.12.2024,31.12.2024 23-59-58\n01.02.2023,01.02.2023 00-00-01\n",
    "quotes": 'a,b\n"x,y","say ""hi"""\n"back\\"slash","\\\\"\n"",z\n\'q\',"a"b\n"un"closed,1\n"open,2\n',
    "unescaped": 'a,b,c\n"x"y,1,2\n"x" y,1,2\n"x"y",1,2\n"x""y,1,2\nx"y",1,2\n"x\\",1,2\n"","",""\n" x ", y ,z \n',
    "spaces": "a , b, c \n x, y ,z\n  ,,  \n",
    "short_long": "a,b,c\n1,2\n1,2,3\n1,2,3,4\n",
    "bad_values": "a,b\n1,x\ny,z\n3,w\n",
    "comments": "#first\na,b\n#second\n1,2\n3,#4\n\n   \n5,6\n",
    "nulls": 'a,b,c\nNA,1,\n"NA",NULL,""\nx,-,"-"\n',
    "repeated_header": "a,b\n1,2\na,b\n3,4\n",
    "duplicate_header": "a,A,b,,b\n1,2,3,4,5\n",
    "semicolons": "a;b\n1,5;2\n",
    "tabs": "a\tb\n1\t2\n",
    "two_characters": "a||b\n1||2|3\n",
    "lines": 'a,b\n"one\ntwo",1\n"three\r\nfour",2\n\n5,6\n',
    "crlf": "a,b\r\n1,2\r\n3,4\r\n",
    "cr": "a,b\r1,2\r3,4\r",
    "semicolon_lines": "a,b;1,2;3,4",
    "only_header": "a,b\n",
    "empty_lines": "\n\n",
    "bom": "\ufeffa,b\n1,é\n",
    "wide": ",".join(f"c{i}" for i in range(30)) + "\n" + ",".join(str(i) for i in range(30)) + "\n",
    "ints": "1\n2\n3\n",
    "escape_itself": 'a,b\n"x""y","z"\n"a\\b",\\"q\n',
    "last_empty": "a,b,c\n1,2,\n,,\n\"\",\"\",\"\"\n",
    "intervals": "a,b\n1-2,1 02:03:04\n",
}

JSON = {
    "plain": '{"a":1,"b":"x"}\n{"b":"y","a":2}\n{"a":null}\n',
    "types": '{"i":1,"f":1.5,"s":"x","t":true,"n":null,"big":12345678901234567890,"huge":1e400,"e":1e2,'
             '"arr":[1,2],"obj":{"y":1,"x":"z"},"empty":"","emptyarr":[],"emptyobj":{},"nullarr":[null],"ts":"2024-01-01T00:00:00"}\n',
    "widen": '{"a":1,"b":1,"c":[1],"d":{"x":1},"e":1,"f":12345678901234567890}\n'
             '{"a":1.5,"b":"x","c":["y"],"d":{"y":2},"e":{"z":1},"f":1}\n',
    "arrays": '[{"a":1},{"a":2}]\n{"a":3}\n[]\n',
    "corrupt": '{"a":1,"b":2}\n{"a":\nnot json\n{"a":"x","b":3}\n\n   \n{"a":4,"b":5} trailing\n1\n"text"\n[1,2]\n',
    "bad_nested": '{"s":{"x":1,"y":"bad"},"l":[1,"q",3],"m":{"k":1,"j":"v"}}\n{"s":{"x":2,"y":3},"l":[4],"m":{"k":5}}\n',
    "extras": "{'a':1}\n{a:2}\n{\"a\":01}\n{\"a\":+3}\n{\"a\":NaN}\n{\"a\":4} // c\n/* x */ {\"a\":5}\n{\"a\":\"\\q\"}\n{\"a\":\"x\ty\"}\n{\"a\":6,}\n",
    "numbers": '{"b":127,"s":128,"i":1.0,"l":9223372036854775808,"f":"NaN","d":"Infinity","dec":1.25,"decs":"1.255"}\n'
               '{"b":128,"s":40000,"i":"1","l":1,"f":-Infinity,"d":"1.5","dec":12345.6,"decs":""}\n',
    "strings": '{"a":"x"}\n{"a":1}\n{"a":1.50}\n{"a":true}\n{"a":{"b": 1}}\n{"a":[1, "y"]}\n{"a":null}\n{"a":"\\u00e9\\n\\"q\\""}\n{"a":"\\ud83d\\ude00"}\n',
    "times": '{"d":"2024-01-31","t":"2024-01-31T12:30:00Z","n":"2024-01-31T12:30:00"}\n{"d":"31/01/2024","t":1706704200,"n":"x"}\n{"d":"","t":"","n":""}\n',
    "case": '{"a":1,"A":2}\n{"A":3}\n',
    "duplicates": '{"a":1,"a":2}\n',
    "multi": '{\n "a": 1,\n "b": [1,\n 2]\n}\n',
    "multi_array": '[\n {"a": 1},\n {"a": 2}\n]\n',
    "multi_several": '{"a":1}\n{"a":2}\n',
    "maps": '{"m":{"a":1,"b":null},"n":{"x":{"y":1}}}\n{"m":{}}\n',
    "all_null": '{"a":null,"b":[null],"c":{"d":null},"e":[],"f":1}\n',
    "binary": '{"a":"aGk="}\n{"a":"!!"}\n',
    "empty": "",
    "blank": "\n\n",
    "crlf": '{"a":1}\r\n{"a":2}\r\n',
    "odd_names": '{"a b":1,"a.b":2,"":3,"é":4}\n',
    "prefers_decimal": '{"a":1.5,"b":"1.25","c":1e-3,"d":123456789012345678901234567890.123456789}\n{"a":1.25,"b":"x","c":2.5,"d":1}\n',
    "deep": '{"a":{"b":{"c":[{"d":1},{"e":"x"}]}}}\n',
    "booleans": '{"a":true}\n{"a":"true"}\n{"a":1}\n',
    "semicolons": '{"a":1};{"a":2}',
}

TEXT = {
    "lines": "one\ntwo\n\nlast",
    "crlf": "one\r\ntwo\rthree\n",
    "commas": "a,b,,c",
    "empty": "",
    "utf8": "é\n日本\n",
}


def fuzz_lines():
    """Lines of quotes, escapes, separators and blanks in any order."""
    chance = random.Random(7)
    for _ in range(400):
        yield "x" + "".join(chance.choice('a",\\ b"#') for _ in range(chance.randint(1, 12)))


def make(root):
    for folder, files in (("csv", CSV), ("json", JSON), ("text", TEXT)):
        (root / folder).mkdir()
        for name, text in files.items():
            (root / folder / f"{name}.{folder}").write_bytes(text.encode())
    for name, text in (("fuzz", "\n".join(fuzz_lines()) + "\n"), ("fuzz_first", "\n".join(
            line[1:] or "z" for line in fuzz_lines()) + "\n")):
        (root / "csv" / f"{name}.csv").write_text(text)
    (root / "csv/latin.csv").write_bytes("a,b\n1,é\n".encode("latin-1"))
    (root / "csv/utf16.csv").write_bytes("a,b\n1,é\n".encode("utf-16"))
    (root / "csv/invalid.csv").write_bytes(b"a,b\n1,\xff\xfe\n")
    (root / "json/latin.json").write_bytes('{"a":"é"}\n'.encode("latin-1"))
    (root / "json/utf16.json").write_bytes('{"a":"é"}\n'.encode("utf-16le"))
    (root / "csv_many").mkdir()
    (root / "csv_many/1.csv").write_text("a,b\n1,2\n")
    (root / "csv_many/2.csv").write_text("a,b\n3,x\n")
    (root / "csv_many/3.csv").write_text("b,a\n5,6\n")
    (root / "csv_parts/p=1").mkdir(parents=True)
    (root / "csv_parts/p=2").mkdir()
    (root / "csv_parts/p=1/x.csv").write_text("a\n1\n")
    (root / "csv_parts/p=2/x.csv").write_text("a\n2\n")
    (root / "json_parts/p=1").mkdir(parents=True)
    (root / "json_parts/p=1/x.json").write_text('{"a":1}\n')
    (root / "packed").mkdir()
    text = CSV["plain"].encode()
    (root / "packed/a.csv.gz").write_bytes(gzip.compress(text, mtime=0))
    (root / "packed/b.csv.bz2").write_bytes(bz2.compress(text))
    (root / "packed/c.csv.deflate").write_bytes(zlib.compress(text))
    (root / "packed/two.csv.gz").write_bytes(gzip.compress(b"a\n1\n", mtime=0) + gzip.compress(b"2\n", mtime=0))
    (root / "packed/broken.csv.gz").write_bytes(b"not gzip at all")
    (root / "bin").mkdir()
    (root / "bin/a.bin").write_bytes(bytes(range(8)))
    (root / "bin/b.gz").write_bytes(b"raw")
