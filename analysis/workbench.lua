-- Puts results into pages. Works alike in Quarto and in pandoc.
--
-- A page asks for a result with an empty div: ::: {.finding name="agreement"}
-- The fragment of that name is read from the study's outputs/fragments. Where
-- there is none, the page says “Not assessed”, never nothing.

local path = pandoc.path
local is_html = FORMAT:match("html") ~= nil
local is_typst = FORMAT:match("typst") ~= nil
local is_docx = FORMAT:match("docx") ~= nil

local folder = nil
local links_to_release = false
local whole_report = true

local function exists(name)
  local file = io.open(name, "r")
  if file then file:close() end
  return file ~= nil
end

local function read(name)
  local file = io.open(name, "r")
  if not file then return nil end
  local text = file:read("a")
  file:close()
  return text
end

local function settings(meta)
  links_to_release = meta["release-links"] == true
  whole_report = meta["nav"] == nil and not quarto
  if meta["fragments"] then
    folder = pandoc.utils.stringify(meta["fragments"])
    return
  end
  local study = os.getenv("WORKBENCH_STUDY")
  if not study then
    local root = path.join({ path.directory(PANDOC_SCRIPT_FILE), ".." })
    study = exists(path.join({ root, "study.yaml" })) and root or path.join({ root, "build", "demo" })
  end
  folder = path.join({ study, "outputs", "fragments" })
end

local function absent(name)
  local said = pandoc.Para({
    pandoc.Strong({ pandoc.Str("Not assessed:") }), pandoc.Space(),
    pandoc.Str("this study has no result named “" .. name .. "”."),
  })
  return pandoc.Div({ said }, pandoc.Attr("", { "not-assessed" }))
end

-- Paths in a fragment are relative to its folder.
local function with_paths(blocks)
  return blocks:walk({
    Image = function(image)
      if path.is_relative(image.src) then image.src = path.join({ folder, image.src }) end
      return image
    end,
  })
end

local function placeholder(div)
  if not div.classes:includes("finding") then return nil end
  local name = div.attributes["name"] or ""
  local text = name:match("^[%w_-]+$") and read(path.join({ folder, name .. ".md" }))
  if not text then return absent(name) end
  return with_paths(pandoc.read(text, "markdown").blocks)
end

-- Sentences that can be opened: folded on a page, plain on paper.
local function details(div)
  if not div.classes:includes("details") then return nil end
  local summary = div.attributes["summary"] or "More"
  if not is_html then
    -- On paper the table with the same numbers is enough.
    return pandoc.Para({ pandoc.Emph({ pandoc.Str(summary .. " are on the web page; the table has their numbers.") }) })
  end
  local opened = pandoc.RawBlock("html", "<details><summary>" .. summary .. "</summary>")
  local blocks = pandoc.Blocks({ opened })
  blocks:extend(div.content)
  blocks:insert(pandoc.RawBlock("html", "</details>"))
  return blocks
end

-- Wide things scroll by themselves, so the page does not; the keyboard reaches them.
local function scrolling(div)
  if not (is_html and div.classes:includes("wide")) then return nil end
  div.attributes["tabindex"] = "0"
  div.attributes["role"] = "region"
  div.attributes["aria-label"] = "Table or figure; scrolls sideways"
  return div
end

-- On paper a verdict is bold; its frame is the web page's.
local VERDICTS = { supported = true, contested = true, refuted = true, untested = true }
function Span(span)
  if not is_html and VERDICTS[span.classes[1]] then return pandoc.Strong(span.content) end
end

-- What an ordinary reader sees by colour and border must show on paper too.
local function typst_block(div, options)
  local blocks = pandoc.Blocks({ pandoc.RawBlock("typst", "#block(" .. options .. ")[") })
  blocks:extend(div.content)
  blocks:insert(pandoc.RawBlock("typst", "]"))
  return blocks
end

local LOOKS = {
  ["fictional"] = 'fill: rgb("#fbe9e7"), stroke: 0.8pt + rgb("#8a1c1c"), inset: 8pt, width: 100%',
  ["not-assessed"] = 'stroke: (dash: "dashed", paint: luma(90), thickness: 0.8pt), inset: 8pt, width: 100%',
  ["provenance"] = 'width: 100%, above: 0.7em, below: 1.4em',
  ["notes"] = 'inset: (left: 8pt), stroke: (left: 2pt + luma(190)), width: 100%',
}

local function on_paper(div)
  if not is_typst then return nil end
  for class, options in pairs(LOOKS) do
    if div.classes:includes(class) then return typst_block(div, options) end
  end
  return nil
end

function Div(div)
  return details(div) or scrolling(div) or on_paper(div)
end

-- Typst fits a table to its words and centres it; full width reads better beside running text.
local function full_width(tbl)
  local weights, total = {}, 0
  for at, spec in ipairs(tbl.colspecs) do
    if spec[2] then return end
    local longest = 6
    for _, part in ipairs({ tbl.head.rows, tbl.bodies[1] and tbl.bodies[1].body or {} }) do
      for _, row in ipairs(part) do
        longest = math.max(longest, utf8.len(pandoc.utils.stringify(row.cells[at].contents)) or 6)
      end
    end
    weights[at] = math.min(longest, 40)
    total = total + weights[at]
  end
  for at, weight in ipairs(weights) do
    tbl.colspecs[at] = { tbl.colspecs[at][1], weight / total }
  end
end

function Table(tbl)
  if is_typst then full_width(tbl) end
  for _, row in ipairs(tbl.head.rows) do
    for _, cell in ipairs(row.cells) do
      if is_html then cell.attr.attributes["scope"] = "col" end
    end
  end
  for _, body in ipairs(tbl.bodies) do
    body.row_head_columns = is_html and 1 or body.row_head_columns
    for _, row in ipairs(body.body) do
      if is_html and row.cells[1] then row.cells[1].attr.attributes["scope"] = "row" end
    end
  end
  return tbl
end

local function quoted(text)
  return '"' .. text:gsub("\\", "\\\\"):gsub('"', '\\"') .. '"'
end

local function caption_blocks(figure)
  return figure.caption.long
end

local function alt_of(image)
  return image.attributes["fig-alt"] or pandoc.utils.stringify(image.caption)
end

-- Pandoc's Typst writer drops the text that stands for a picture; PDF/UA asks for it.
local function typst_figure(figure, image)
  local source = "#figure(image(" .. quoted(image.src) .. ", alt: " .. quoted(alt_of(image)) .. ", width: 100%), caption: ["
  local blocks = pandoc.Blocks({ pandoc.RawBlock("typst", source) })
  blocks:extend(caption_blocks(figure))
  blocks:insert(pandoc.RawBlock("typst", "])"))
  return blocks
end

-- A browser follows no click into a picture, so a drawing with places to click stands in the page itself.
local function drawn_in_page(figure, image)
  local svg = read(image.src)
  if not svg then return nil end
  svg = svg:gsub("^.-<svg ", "<svg "):gsub("<metadata>.-</metadata>", "")
  local label = alt_of(image):gsub("&", "&amp;"):gsub('"', "&quot;"):gsub("<", "&lt;")
  local blocks = pandoc.Blocks({
    pandoc.RawBlock("html", '<figure class="clicks"><div role="group" aria-label="' .. label .. '">' .. svg .. "</div><figcaption>"),
  })
  blocks:extend(caption_blocks(figure))
  blocks:insert(pandoc.RawBlock("html", "</figcaption></figure>"))
  return blocks
end

function Figure(figure)
  local image = nil
  figure:walk({ Image = function(each) image = each end })
  if image and is_html and image.classes:includes("clicks") then return drawn_in_page(figure, image) end
  if not image or quarto then return nil end
  if is_typst then return typst_figure(figure, image) end
  local alt = alt_of(image)
  return figure:walk({
    Image = function(each)
      each.caption = { pandoc.Str(alt) }
      each.attributes["fig-alt"] = nil
      -- Word cannot show SVG without a converter.
      if is_docx then each.src = each.src:gsub("%.svg$", ".png") end
      return each
    end,
  })
end

function Link(link)
  if link.target:match("^release/") and not links_to_release then return link.content end
  local page, anchor = link.target:match("^([%w-]+)%.qmd(#?.*)$")
  if page and not quarto then
    if whole_report then
      link.target = anchor ~= "" and anchor or "#" .. page
    else
      link.target = page .. ".html" .. anchor
    end
    return link
  end
end

return {
  { Meta = settings },
  { Div = placeholder },
  { Span = Span, Div = Div, Table = Table, Figure = Figure, Link = Link },
}
