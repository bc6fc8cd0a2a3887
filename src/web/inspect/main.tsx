document.title = 'lab inspect';
