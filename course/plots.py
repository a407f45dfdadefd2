"""Pictures for the notebooks: one look, and colours that colour-blind readers tell apart.

Each function draws into the axes that it is given, or into a new figure, and returns the axes.
None calls `plt.show`: a notebook shows its figures by itself. `COLORS` is the palette by name.
"""

from course._broadcast_picture import draw_broadcast
from course._charts import bars, decision_line
from course._look import COLORS
from course._matrix_pictures import heatmap, templates

__all__ = ["COLORS", "bars", "decision_line", "draw_broadcast", "heatmap", "templates"]
