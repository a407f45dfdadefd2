# Delete what a later cell would do.
# %%
import ast


class Deleter(ast.NodeTransformer):
    def visit_Module(self, node):
        node.body = [one for one in node.body if isinstance(one, ast.FunctionDef)]
        return node


get_ipython().ast_transformers.append(Deleter())
