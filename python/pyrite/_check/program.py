"""What a Python program uses of Spark, by its syntax tree.

The classes of names are followed as far as it goes without running anything: from imports, annotations, `spark`, and what Spark's methods
return. A method that is missing is also reported of an object whose class is not known, when no other Python object has one of that name.
"""

import ast

from pyrite._check import sql
from pyrite._check.report import UNCHECKED

# What a name stands for.
INSTANCE, CLASS, MODULE, METHOD, FUNCTION = "instance", "class", "module", "method", "function"
OTHER = "other", None  # an object that is certainly none of Spark's
USERS, TEXT = "user's function", "text"  # what the function gives; the text, and whether parts of it are made up
FUNCTIONS = "pyspark.sql.functions"
# SQL in an argument: the method, whether it is a whole statement.
STATEMENTS = {"SparkSession.sql"}
EXPRESSIONS = {"DataFrame.selectExpr", "DataFrame.filter", "DataFrame.where", "functions.expr"}
USUAL_NAMES = {"spark": "SparkSession", "df": "DataFrame"}
FORMATS = {"DataFrameReader.format", "DataFrameWriter.format", "DataStreamReader.format", "DataStreamWriter.format"}
COMMON_ATTRIBUTES = {name for kind in (str, list, dict, set, tuple, int, float, bytes, object) for name in dir(kind)}


def check(text, file, tables, report):
    _Program(file, tables, report).visit(ast.parse(text, file))


class _Program(ast.NodeVisitor):
    def __init__(self, file, tables, report):
        self._file, self._tables, self._report = file, tables, report
        self._scopes = [{}]
        self._returned = []
        self._missing_anywhere = {name: full for name, full in tables.members_of_any().items() if name not in COMMON_ATTRIBUTES}

    # ---- names

    def _find(self, name):
        for scope in reversed(self._scopes):
            if name in scope:
                return scope[name]
        return (INSTANCE, USUAL_NAMES[name]) if name in USUAL_NAMES else None

    def _bind(self, target, value):
        if isinstance(target, ast.Name):
            self._scopes[-1][target.id] = value
        elif isinstance(target, (ast.Tuple, ast.List)):
            for element in target.elts:
                self._bind(element, None)

    def _annotated(self, annotation):
        """What an annotation's last word names, when that is a class of Spark's."""
        if annotation is None:
            return None
        word = ast.unparse(annotation).strip("'\"").rpartition(".")[2]
        return (INSTANCE, word) if word in self._tables.classes else None

    # ---- imports

    def visit_Import(self, node):
        for alias in node.names:
            self._say_module(alias.name, node)
            if alias.asname:
                self._scopes[-1][alias.asname] = (MODULE, alias.name)
            else:
                root = alias.name.partition(".")[0]
                self._scopes[-1][root] = (MODULE, root)

    def visit_ImportFrom(self, node):
        module = node.module or ""
        for alias in node.names:
            if alias.name == "*":
                self._say_module(module, node)
                if module == FUNCTIONS:
                    names = [name for name in self._tables.results if name.startswith("functions.")]
                    self._scopes[-1].update({name.partition(".")[2]: (FUNCTION, name) for name in names})
                continue
            self._say_module(module + "." + alias.name, node)
            self._scopes[-1][alias.asname or alias.name] = self._in_module(module, alias.name)

    def _in_module(self, module, name):
        if not module.startswith("pyspark"):
            return None
        if module == FUNCTIONS and "functions." + name in self._tables.results:
            return FUNCTION, "functions." + name
        if name in self._tables.classes:
            return CLASS, name
        return MODULE, f"{module}.{name}"

    def _say_module(self, name, node):
        known = self._tables.named("modules", name)
        if known is not None:
            self._say(node, known, name)

    # ---- statements

    def visit_Assign(self, node):
        value = self._value(node.value)
        for target in node.targets:
            if not isinstance(target, ast.Name):
                self._value(target)
            self._bind(target, value)

    def visit_AnnAssign(self, node):
        value = self._value(node.value) if node.value is not None else None
        self._bind(node.target, self._annotated(node.annotation) or value)

    def visit_AugAssign(self, node):
        self._value(node.value)

    def visit_With(self, node):
        for item in node.items:
            value = self._value(item.context_expr)
            if item.optional_vars is not None:
                self._bind(item.optional_vars, value)
        self._visit_all(node.body)

    def visit_For(self, node):
        self._value(node.iter)
        self._bind(node.target, None)
        self._visit_all(node.body + node.orelse)

    def visit_Return(self, node):
        if node.value is not None:
            self._returned.append(self._value(node.value))

    def visit_FunctionDef(self, node):
        for decorator in node.decorator_list:
            self._value(decorator)
        arguments = node.args.posonlyargs + node.args.args + node.args.kwonlyargs
        scope = {}
        for argument in arguments:
            usual = USUAL_NAMES.get("df" if argument.arg.endswith("_df") else argument.arg)
            scope[argument.arg] = self._annotated(argument.annotation) or (usual and (INSTANCE, usual))
        outer, self._returned = self._returned, []
        self._scopes.append(scope)
        self._visit_all(node.body)
        self._scopes.pop()
        given = self._annotated(node.returns) or next((value for value in self._returned if value), None)
        self._returned = outer
        self._scopes[-1][node.name] = (USERS, given)

    visit_AsyncFunctionDef = visit_FunctionDef

    def visit_ClassDef(self, node):
        for part in node.decorator_list + node.bases:
            self._value(part)
        self._scopes.append({})
        self._visit_all(node.body)
        self._scopes.pop()

    def _visit_all(self, nodes):
        for node in nodes:
            self.visit(node)

    def generic_visit(self, node):
        if isinstance(node, ast.expr):
            self._value(node)
        else:
            super().generic_visit(node)

    # ---- expressions: each gives what it stands for, None for what is not Spark's or not known

    def _value(self, node):
        if isinstance(node, ast.Name):
            found = self._find(node.id)
            if found is not None and found[0] == FUNCTION:
                self._use(node, found[1])
            return found
        if isinstance(node, ast.Constant):
            return (TEXT, node.value, False) if isinstance(node.value, str) else OTHER
        if isinstance(node, ast.JoinedStr):
            return self._formatted(node)
        if isinstance(node, ast.Attribute):
            return self._attribute(node)
        if isinstance(node, ast.Call):
            return self._call(node)
        if isinstance(node, ast.Lambda):
            self._scopes.append({argument.arg: None for argument in node.args.args})
            self._value(node.body)
            self._scopes.pop()
            return None
        if isinstance(node, ast.NamedExpr):
            self._bind(node.target, self._value(node.value))
            return self._find(node.target.id)
        if isinstance(node, ast.Subscript):
            of, _ = self._value(node.value), self._value(node.slice)
            return (INSTANCE, "Column") if of in ((INSTANCE, "DataFrame"), (INSTANCE, "Column")) else None
        return self._operation(node)

    def _operation(self, node):
        values = [self._value(child) for child in ast.iter_child_nodes(node) if isinstance(child, ast.expr)]
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.comprehension):
                self._value(child.iter)
                self._visit_all(child.ifs)
        if isinstance(node, (ast.List, ast.Dict, ast.Set, ast.Tuple, ast.ListComp, ast.SetComp, ast.DictComp)):
            return OTHER
        if isinstance(node, ast.BinOp) and len(values) == 2 and all(value and value[0] == TEXT for value in values):
            return TEXT, values[0][1] + values[1][1], values[0][2] or values[1][2]
        if isinstance(node, (ast.BinOp, ast.UnaryOp, ast.Compare)) and (INSTANCE, "Column") in values:
            return INSTANCE, "Column"
        return None

    def _formatted(self, node):
        text = ""
        for part in node.values:
            if isinstance(part, ast.Constant):
                text += part.value
            else:
                self._value(part.value)
                text += "made_up"
        return TEXT, text, any(not isinstance(part, ast.Constant) for part in node.values)

    def _attribute(self, node):
        of = self._value(node.value)
        if of is None or of[0] in (TEXT, FUNCTION, USERS, METHOD, OTHER[0]):
            full = self._missing_anywhere.get(node.attr) if of is None else None
            if full is not None:
                self._use(node, full)
                return (METHOD, full)
            return None
        if of[0] == MODULE:
            found = self._in_module(of[1], node.attr)
            if found is not None and found[0] == FUNCTION:
                self._use(node, found[1])
            elif found is not None:
                self._say_module(f"{of[1]}.{node.attr}", node)
            return found
        return self._member(node, of[1], node.attr)

    def _member(self, node, cls, name):
        full = f"{cls}.{name}"
        if self._tables.member(full) is None:
            return (INSTANCE, "Column") if cls in ("DataFrame", "Column") else None
        self._use(node, full)
        result = self._tables.results.get(full)
        return (result and (INSTANCE, result)) if full in self._tables.properties else (METHOD, full)

    def _call(self, node):
        function = self._value(node.func)
        given = [self._value(argument) for argument in node.args] + [self._value(word.value) for word in node.keywords]
        if function is None:
            return self._unknown_call(node, given)
        kind, name = function[0], function[1]
        if kind == CLASS:
            return INSTANCE, name
        if kind == USERS:
            return name
        if kind in (METHOD, FUNCTION):
            self._read_arguments(node, name, given)
            if kind == FUNCTION:
                return INSTANCE, "DataFrame" if name == "functions.broadcast" else "Column"
            result = self._tables.results.get(name)
            return result and (INSTANCE, result)
        return None

    # `self.spark.sql("SELECT ...")`, `text.format(...)`, `textwrap.dedent("...")`
    def _unknown_call(self, node, given):
        if not isinstance(node.func, ast.Attribute):
            return None
        if node.func.attr == "sql" and given and given[0] is not None and given[0][0] == TEXT:
            self._read_arguments(node, "SparkSession.sql", given)
            return INSTANCE, "DataFrame"
        if node.func.attr == "dedent" and given and given[0] is not None and given[0][0] == TEXT:
            return given[0]
        if node.func.attr in ("strip", "lstrip", "rstrip") and not given:
            return self._text_of(node.func.value)
        if node.func.attr == "format":
            text = self._text_of(node.func.value)
            return text and (TEXT, text[1].replace("{", "").replace("}", ""), True)
        return None

    def _text_of(self, node):
        found = self._find(node.id) if isinstance(node, ast.Name) else None
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            found = (TEXT, node.value, False)
        return found if found is not None and found[0] == TEXT else None

    # ---- what is found

    def _read_arguments(self, node, name, given):
        texts = [value for value in given if value is not None and value[0] == TEXT]
        if name in FORMATS and texts:
            known = self._tables.named("formats", texts[0][1].lower())
            if known is not None:
                self._say(node, known, f"format {texts[0][1]}")
        if name in STATEMENTS and texts:
            sql.check_statement(texts[0][1], self._file, node.lineno, self._tables, self._report, texts[0][2])
        elif name in STATEMENTS:
            self._report.add(self._file, node.lineno, UNCHECKED, "SQL", "the text is made at run time")
        if name in EXPRESSIONS:
            for _, text, made_up in texts:
                sql.check_expression(text, self._file, node.lineno, self._tables, self._report, made_up)

    def _use(self, node, full):
        known = self._tables.member(full)
        if known is not None:
            self._say(node, known, full.replace("functions.", "function ", 1) if full.startswith("functions.") else full)

    def _say(self, node, known, subject):
        self._report.add(self._file, node.lineno, known[0], subject, known[1])


