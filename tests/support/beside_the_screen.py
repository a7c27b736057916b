"""What is wider than the page scrolls in one box, says so, and the keyboard reaches it."""

PHONES = (390, 360, 320)
FAULTS = """async () => {
    // the script that watches sizes comes after the next frame
    for (let n = 0; n < 2; n++) await new Promise(requestAnimationFrame);
    const BOXES = ':is(div, span, table, pre, code, p, ul, figure, math):not(svg *, pre span)';
    const faults = [];
    const fault = (node, what) => faults.push(
        `${node.localName}.${node.className} ${node.textContent.trim().slice(0, 40)}: ${what}`);
    const article = document.querySelector('article');
    const scrolls = box => /auto|scroll/.test(getComputedStyle(box).overflowX);
    const wide = box => scrolls(box) && box.scrollWidth > box.clientWidth + 1;
    if (document.documentElement.scrollWidth > innerWidth) fault(article, 'the page is too wide');
    const boxes = [...article.querySelectorAll(BOXES)].filter(b => b.checkVisibility() && wide(b));
    for (const box of boxes) {
        const {backgroundImage, maskImage} = getComputedStyle(box);
        // how blocks of code say so is another test's
        const says = backgroundImage !== 'none' || maskImage !== 'none' || box.closest('pre');
        if (!says) fault(box, 'scrolls and does not say so');
        if (boxes.some(other => other !== box && other.contains(box))) fault(box, 'scrolls twice');
        const named = box.tabIndex === 0 && box.getAttribute('role') && box.ariaLabel;
        if (!named && !box.closest('pre')) fault(box, 'no keyboard reaches it, or has no name');
    }
    for (const table of article.querySelectorAll('table, math')) {
        if (!table.checkVisibility()) continue;
        const room = table.closest('.worked-scroll, .texmath-block, .texmath-wide');
        if (!room && table.getBoundingClientRect().right > innerWidth) fault(table, 'is cut off');
        const two = room && room.parentElement.closest('article *:is([tabindex="0"])');
        if (two && scrolls(two)) fault(table, 'stands in two boxes');
    }
    return faults;
}"""
