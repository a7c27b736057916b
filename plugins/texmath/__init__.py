"""TeX formulas to MathML while the site builds."""
