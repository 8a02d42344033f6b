-- On a page of its own the list of references is a section, not a second title.
function Div(div)
  if div.identifier ~= "refs" then return nil end
  return { pandoc.Header(2, "References", pandoc.Attr("references")), div }
end
